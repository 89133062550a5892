CREATE TABLE "guard_settings" (
	"tenant" text PRIMARY KEY NOT NULL,
	"settings" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "proposal_rows" (
	"tenant" text NOT NULL,
	"sku" text NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"is_checked" boolean NOT NULL,
	"from_item_id" text,
	"item_id" text,
	"removed" boolean NOT NULL,
	"displayed" boolean NOT NULL,
	"reason" text NOT NULL,
	"quantity" integer NOT NULL,
	"price" numeric,
	"sale_price" numeric,
	CONSTRAINT "proposal_rows_tenant_sku_pk" PRIMARY KEY("tenant","sku")
);
--> statement-breakpoint
CREATE TABLE "proposals" (
	"tenant" text PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"base_version" bigint NOT NULL,
	"held_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "safety_stock" (
	"tenant" text NOT NULL,
	"level" text NOT NULL,
	"key" text NOT NULL,
	"units" integer NOT NULL,
	CONSTRAINT "safety_stock_tenant_level_key_pk" PRIMARY KEY("tenant","level","key")
);
--> statement-breakpoint
ALTER TABLE "listings" ADD COLUMN "lost_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "listings" ADD COLUMN "repriced_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "sync_runs" ADD COLUMN "held_changes" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "sync_runs" ADD COLUMN "held_verdict" text;--> statement-breakpoint
ALTER TABLE "sync_runs" ADD COLUMN "note" text;--> statement-breakpoint
ALTER TABLE "guard_settings" ADD CONSTRAINT "guard_settings_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_rows" ADD CONSTRAINT "proposal_rows_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "safety_stock" ADD CONSTRAINT "safety_stock_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "listings_displayed" ON "listings" USING btree ("tenant") WHERE displayed and not removed;--> statement-breakpoint
CREATE INDEX "listings_lost" ON "listings" USING btree ("tenant","lost_at") WHERE lost_at is not null;--> statement-breakpoint
CREATE INDEX "listings_repriced" ON "listings" USING btree ("tenant","repriced_at") WHERE repriced_at is not null;