CREATE TABLE "refunds" (
	"tenant" text NOT NULL,
	"order_id" text NOT NULL,
	"refund_id" text NOT NULL,
	"amount" numeric NOT NULL,
	"shipping_amount" numeric DEFAULT '0' NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"lines" jsonb NOT NULL,
	"in_sale" boolean DEFAULT false NOT NULL,
	"state" text NOT NULL,
	"fence" integer DEFAULT 0 NOT NULL,
	"post_deadline" timestamp (3) with time zone,
	"first_attempt_at" timestamp (3) with time zone,
	"account_id" text,
	"settle_until" timestamp (3) with time zone,
	"look_ups" integer DEFAULT 0 NOT NULL,
	"open_sale_id" text,
	"sale_id" text,
	"ticket_number" text,
	"exported_at" timestamp (3) with time zone,
	"message_code" text NOT NULL,
	"message" text NOT NULL,
	"next_try_at" timestamp (3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"by_hand" boolean DEFAULT false NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "refunds_tenant_order_id_refund_id_pk" PRIMARY KEY("tenant","order_id","refund_id"),
	CONSTRAINT "refunds_sale" UNIQUE("tenant","sale_id")
);
--> statement-breakpoint
ALTER TABLE "order_exports" ADD COLUMN "sale_tax" numeric;--> statement-breakpoint
ALTER TABLE "order_exports" ADD COLUMN "sale_lines" jsonb;--> statement-breakpoint
ALTER TABLE "order_exports" ADD COLUMN "difference" numeric;--> statement-breakpoint
ALTER TABLE "order_exports" ADD COLUMN "accepted_difference" numeric;--> statement-breakpoint
ALTER TABLE "order_exports" ADD COLUMN "accepted_till_difference" numeric;--> statement-breakpoint
ALTER TABLE "order_exports" ADD COLUMN "accepted_tax" numeric;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;