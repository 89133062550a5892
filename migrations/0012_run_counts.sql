ALTER TABLE "sync_runs" ADD COLUMN "mapped" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "sync_runs" ADD COLUMN "shown" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "sync_runs" ADD COLUMN "hidden" integer DEFAULT 0 NOT NULL;