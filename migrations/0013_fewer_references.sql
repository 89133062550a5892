ALTER TABLE "listings" DROP CONSTRAINT "listings_tenant_tenants_tenant_fk";
--> statement-breakpoint
ALTER TABLE "mappings" DROP CONSTRAINT "mappings_tenant_tenants_tenant_fk";
