CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS btree_gin;--> statement-breakpoint
DROP INDEX "mappings_state";--> statement-breakpoint
ALTER TABLE "mappings" ADD COLUMN "told_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "pending_told_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "catalog_items_category" ON "catalog_items" USING btree ("tenant","category");--> statement-breakpoint
CREATE INDEX "catalog_items_gtin1_raw" ON "catalog_items" USING btree ("tenant","gtin1_raw") WHERE gtin1_raw is not null;--> statement-breakpoint
CREATE INDEX "catalog_items_gtin2_raw" ON "catalog_items" USING btree ("tenant","gtin2_raw") WHERE gtin2_raw is not null;--> statement-breakpoint
CREATE INDEX "catalog_items_sale_start" ON "catalog_items" USING btree ("tenant","sale_starts_at") WHERE sale_starts_at is not null;--> statement-breakpoint
CREATE INDEX "catalog_items_sale_end" ON "catalog_items" USING btree ("tenant","sale_ends_at") WHERE sale_ends_at is not null;--> statement-breakpoint
CREATE INDEX "catalog_items_search" ON "catalog_items" USING gin ("tenant",(sku || ' ' || description || ' ' || coalesce(brand, '') || ' ' || coalesce(mpn, '')) gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "mappings_untold" ON "mappings" USING btree ("tenant") WHERE told_at is null and state in ('pending', 'ambiguous');--> statement-breakpoint
CREATE INDEX "mappings_told" ON "mappings" USING btree ("tenant") WHERE told_at is not null;--> statement-breakpoint
CREATE INDEX "mappings_state" ON "mappings" USING btree ("tenant","state","sku");