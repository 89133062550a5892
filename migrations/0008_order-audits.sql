CREATE TABLE "audited_sales" (
	"tenant" text NOT NULL,
	"account_id" text NOT NULL,
	"sale_id" text NOT NULL,
	"order_id" text NOT NULL,
	"ticket_number" text NOT NULL,
	"total" numeric NOT NULL,
	"state" text NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "audited_sales_tenant_account_id_sale_id_pk" PRIMARY KEY("tenant","account_id","sale_id")
);
--> statement-breakpoint
CREATE TABLE "order_audits" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant" text NOT NULL,
	"trigger" text NOT NULL,
	"state" text NOT NULL,
	"connection_id" uuid NOT NULL,
	"account_id" text NOT NULL,
	"sales_from" timestamp (3) with time zone NOT NULL,
	"fence" integer DEFAULT 0 NOT NULL,
	"cursor" text,
	"pages" integer DEFAULT 0 NOT NULL,
	"sales_read" integer DEFAULT 0 NOT NULL,
	"differences" integer,
	"error_code" text,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "order_exports" ADD COLUMN "doubt" text;--> statement-breakpoint
ALTER TABLE "audited_sales" ADD CONSTRAINT "audited_sales_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_audits" ADD CONSTRAINT "order_audits_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audited_sales_order" ON "audited_sales" USING btree ("tenant","order_id");--> statement-breakpoint
CREATE INDEX "order_audits_tenant" ON "order_audits" USING btree ("tenant","started_at");