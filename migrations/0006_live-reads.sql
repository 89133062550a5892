CREATE TABLE "live_reads" (
	"tenant" text NOT NULL,
	"item_id" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"read_at" timestamp (3) with time zone,
	CONSTRAINT "live_reads_tenant_item_id_pk" PRIMARY KEY("tenant","item_id")
);
--> statement-breakpoint
ALTER TABLE "live_reads" ADD CONSTRAINT "live_reads_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;