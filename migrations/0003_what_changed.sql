CREATE TABLE "decided_until" (
	"tenant" text PRIMARY KEY NOT NULL,
	"moment" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "touched" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"tenant" text NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "pos_manufacturers" ALTER COLUMN "name" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "decided_until" ADD CONSTRAINT "decided_until_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "touched" ADD CONSTRAINT "touched_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "touched_tenant" ON "touched" USING btree ("tenant");--> statement-breakpoint
CREATE INDEX "mapping_decisions_item" ON "mapping_decisions" USING btree ("tenant","item_id");--> statement-breakpoint
CREATE INDEX "mappings_candidates" ON "mappings" USING gin ("tenant","candidates" jsonb_path_ops) WITH (fastupdate=false) WHERE state in ('pending', 'ambiguous');--> statement-breakpoint
CREATE INDEX "pos_items_upc_raw" ON "pos_items" USING btree ("tenant","upc_raw") WHERE upc_raw is not null;--> statement-breakpoint
CREATE INDEX "pos_items_ean_raw" ON "pos_items" USING btree ("tenant","ean_raw") WHERE ean_raw is not null;--> statement-breakpoint
CREATE INDEX "orders_arrived" ON "orders" USING btree ("tenant","arrived_at");