CREATE TABLE "tenant_removals" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"tenant" text NOT NULL,
	"key_id" uuid,
	"requested_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"rows_erased" bigint DEFAULT 0 NOT NULL,
	"runs_ended" bigint DEFAULT 0 NOT NULL,
	"tokens_revoked" boolean,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE UNIQUE INDEX "tenant_removals_open" ON "tenant_removals" USING btree ("tenant") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "tenant_removals_tenant" ON "tenant_removals" USING btree ("tenant","requested_at");