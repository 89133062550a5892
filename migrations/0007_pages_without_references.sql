ALTER TABLE "pos_items" DROP CONSTRAINT "pos_items_tenant_tenants_tenant_fk";
--> statement-breakpoint
ALTER TABLE "pos_prices" DROP CONSTRAINT "pos_prices_tenant_tenants_tenant_fk";
--> statement-breakpoint
ALTER TABLE "pos_stock" DROP CONSTRAINT "pos_stock_tenant_tenants_tenant_fk";
