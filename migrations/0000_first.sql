CREATE TABLE "catalog_items" (
	"tenant" text NOT NULL,
	"sku" text NOT NULL,
	"description" text NOT NULL,
	"brand" text,
	"category" text,
	"gtin1" text,
	"gtin2" text,
	"mpn" text,
	"gtin1_key" text,
	"gtin2_key" text,
	"gtin1_raw" text,
	"gtin2_raw" text,
	"mpn_key" text,
	"brand_key" text,
	"sale_start" text,
	"sale_end" text,
	"sale_starts_at" timestamp (3) with time zone,
	"sale_ends_at" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "catalog_items_tenant_sku_pk" PRIMARY KEY("tenant","sku")
);
--> statement-breakpoint
CREATE TABLE "listings" (
	"tenant" text NOT NULL,
	"sku" text NOT NULL,
	"version" bigint NOT NULL,
	"item_id" text,
	"removed" boolean NOT NULL,
	"displayed" boolean NOT NULL,
	"reason" text NOT NULL,
	"quantity" integer NOT NULL,
	"quantity_by_location" jsonb NOT NULL,
	"price" numeric,
	"sale_price" numeric,
	"sale_reason" text,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "listings_tenant_sku_pk" PRIMARY KEY("tenant","sku")
);
--> statement-breakpoint
CREATE TABLE "locations" (
	"tenant" text NOT NULL,
	"location_id" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "locations_tenant_location_id_pk" PRIMARY KEY("tenant","location_id")
);
--> statement-breakpoint
CREATE TABLE "mapping_decisions" (
	"tenant" text NOT NULL,
	"sku" text NOT NULL,
	"item_id" text NOT NULL,
	"decision" text NOT NULL,
	"key_id" uuid,
	"decided_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "mapping_decisions_tenant_sku_item_id_pk" PRIMARY KEY("tenant","sku","item_id")
);
--> statement-breakpoint
CREATE TABLE "mappings" (
	"tenant" text NOT NULL,
	"sku" text NOT NULL,
	"state" text NOT NULL,
	"item_id" text,
	"matched_by" text,
	"candidates" jsonb NOT NULL,
	"reason" text NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "mappings_tenant_sku_pk" PRIMARY KEY("tenant","sku")
);
--> statement-breakpoint
CREATE TABLE "pos_items" (
	"tenant" text NOT NULL,
	"item_id" text NOT NULL,
	"system_sku" text NOT NULL,
	"description" text NOT NULL,
	"item_type" text NOT NULL,
	"upc" text,
	"ean" text,
	"custom_sku" text,
	"manufacturer_sku" text,
	"manufacturer_id" text NOT NULL,
	"tax_class_id" text NOT NULL,
	"taxable" boolean NOT NULL,
	"upc_key" text,
	"ean_key" text,
	"upc_raw" text,
	"ean_raw" text,
	"mpn_key" text,
	"archived" boolean NOT NULL,
	"time_stamp" timestamp (3) with time zone NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"retired_at" timestamp (3) with time zone,
	CONSTRAINT "pos_items_tenant_item_id_pk" PRIMARY KEY("tenant","item_id")
);
--> statement-breakpoint
CREATE TABLE "pos_manufacturers" (
	"tenant" text NOT NULL,
	"manufacturer_id" text NOT NULL,
	"name" text NOT NULL,
	"brand_key" text,
	CONSTRAINT "pos_manufacturers_tenant_manufacturer_id_pk" PRIMARY KEY("tenant","manufacturer_id")
);
--> statement-breakpoint
CREATE TABLE "pos_prices" (
	"tenant" text NOT NULL,
	"item_id" text NOT NULL,
	"level_id" text NOT NULL,
	"amount" numeric NOT NULL,
	CONSTRAINT "pos_prices_tenant_item_id_level_id_pk" PRIMARY KEY("tenant","item_id","level_id")
);
--> statement-breakpoint
CREATE TABLE "pos_stock" (
	"tenant" text NOT NULL,
	"item_id" text NOT NULL,
	"shop_id" text NOT NULL,
	"qoh" numeric NOT NULL,
	"sellable" numeric NOT NULL,
	"backorder" numeric NOT NULL,
	"reorder_point" numeric NOT NULL,
	"reorder_level" numeric NOT NULL,
	"time_stamp" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "pos_stock_tenant_item_id_shop_id_pk" PRIMARY KEY("tenant","item_id","shop_id")
);
--> statement-breakpoint
CREATE TABLE "pull_cursors" (
	"tenant" text NOT NULL,
	"stream" text NOT NULL,
	"connection_id" uuid NOT NULL,
	"watermark" timestamp (3) with time zone,
	"run_id" uuid,
	"next" text,
	"pages" integer DEFAULT 0 NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pull_cursors_tenant_stream_pk" PRIMARY KEY("tenant","stream")
);
--> statement-breakpoint
CREATE TABLE "sync_requests" (
	"tenant" text PRIMARY KEY NOT NULL,
	"trigger" text NOT NULL,
	"requested_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sync_runs" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"tenant" text NOT NULL,
	"trigger" text NOT NULL,
	"mode" text NOT NULL,
	"state" text NOT NULL,
	"connection_id" uuid,
	"fence" integer DEFAULT 0 NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"pages" integer DEFAULT 0 NOT NULL,
	"pages_expected" integer,
	"items_seen" integer DEFAULT 0 NOT NULL,
	"stock_rows_seen" integer DEFAULT 0 NOT NULL,
	"calls" integer DEFAULT 0 NOT NULL,
	"drips" numeric DEFAULT '0' NOT NULL,
	"waited_ms" integer DEFAULT 0 NOT NULL,
	"listings_changed" integer DEFAULT 0 NOT NULL,
	"error_code" text,
	"error_message" text
);
--> statement-breakpoint
CREATE TABLE "attention" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"tenant" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"code" text NOT NULL,
	"message" text NOT NULL,
	"remedy" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"resolved_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"tenant" text NOT NULL,
	"number" bigint NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"type" text NOT NULL,
	"subject" text NOT NULL,
	"data" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"delivered_at" timestamp (3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"first_attempt_at" timestamp (3) with time zone,
	"next_attempt_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_error" text,
	CONSTRAINT "outbox_tenant_number_pk" PRIMARY KEY("tenant","number")
);
--> statement-breakpoint
CREATE TABLE "wake_ups" (
	"tenant" text NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"requests" integer DEFAULT 1 NOT NULL,
	"requested_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "wake_ups_tenant_kind_subject_pk" PRIMARY KEY("tenant","kind","subject")
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"tenant" text PRIMARY KEY NOT NULL,
	"url" text NOT NULL,
	"secret" text NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "fulfilments" (
	"tenant" text NOT NULL,
	"order_id" text NOT NULL,
	"fulfilment_id" text NOT NULL,
	"line_id" text NOT NULL,
	"quantity" numeric NOT NULL,
	"fulfilled_by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "fulfilments_tenant_order_id_fulfilment_id_line_id_pk" PRIMARY KEY("tenant","order_id","fulfilment_id","line_id")
);
--> statement-breakpoint
CREATE TABLE "order_exports" (
	"tenant" text NOT NULL,
	"order_id" text NOT NULL,
	"state" text NOT NULL,
	"fence" integer DEFAULT 0 NOT NULL,
	"post_deadline" timestamp (3) with time zone,
	"first_attempt_at" timestamp (3) with time zone,
	"account_id" text,
	"settle_until" timestamp (3) with time zone,
	"glanced_at" timestamp (3) with time zone,
	"look_ups" integer DEFAULT 0 NOT NULL,
	"open_sale_id" text,
	"sale_id" text,
	"ticket_number" text,
	"sale_total" numeric,
	"customer_id" text,
	"sale_completed_at" timestamp (3) with time zone,
	"exported_at" timestamp (3) with time zone,
	"message_code" text NOT NULL,
	"message" text NOT NULL,
	"next_try_at" timestamp (3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"by_hand" boolean DEFAULT false NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "order_exports_tenant_order_id_pk" PRIMARY KEY("tenant","order_id"),
	CONSTRAINT "order_exports_sale" UNIQUE("tenant","sale_id")
);
--> statement-breakpoint
CREATE TABLE "order_history" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"tenant" text NOT NULL,
	"order_id" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"code" text NOT NULL,
	"message" text NOT NULL,
	"key_id" uuid
);
--> statement-breakpoint
CREATE TABLE "order_lines" (
	"tenant" text NOT NULL,
	"order_id" text NOT NULL,
	"line_id" text NOT NULL,
	"sku" text NOT NULL,
	"quantity" numeric NOT NULL,
	"cancelled_quantity" numeric DEFAULT '0' NOT NULL,
	"is_gift_card" boolean DEFAULT false NOT NULL,
	"location_id" text,
	CONSTRAINT "order_lines_tenant_order_id_line_id_pk" PRIMARY KEY("tenant","order_id","line_id")
);
--> statement-breakpoint
CREATE TABLE "order_statuses" (
	"tenant" text NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "order_statuses_tenant_code_pk" PRIMARY KEY("tenant","code")
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"tenant" text NOT NULL,
	"order_id" text NOT NULL,
	"snapshot" jsonb,
	"snapshot_at" timestamp (3) with time zone,
	"placed_at" timestamp (3) with time zone,
	"status" text,
	"total" numeric,
	"currency" text,
	"cancelled_at" timestamp (3) with time zone,
	"arrived_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "orders_tenant_order_id_pk" PRIMARY KEY("tenant","order_id")
);
--> statement-breakpoint
CREATE TABLE "payments" (
	"tenant" text NOT NULL,
	"order_id" text NOT NULL,
	"payment_id" text NOT NULL,
	"state" text NOT NULL,
	"amount" numeric NOT NULL,
	"method" text NOT NULL,
	"reference" text,
	"captured_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "payments_tenant_order_id_payment_id_pk" PRIMARY KEY("tenant","order_id","payment_id")
);
--> statement-breakpoint
CREATE TABLE "till_customers" (
	"tenant" text NOT NULL,
	"email_hash" text NOT NULL,
	"customer_id" text,
	"fence" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "till_customers_tenant_email_hash_pk" PRIMARY KEY("tenant","email_hash")
);
--> statement-breakpoint
CREATE TABLE "till_facts" (
	"tenant" text PRIMARY KEY NOT NULL,
	"connection_id" uuid,
	"facts" jsonb,
	"read_at" timestamp (3) with time zone,
	"fence" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "connect_attempts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"tenant" text NOT NULL,
	"state_hash" text NOT NULL,
	"verifier" text NOT NULL,
	"take_over" boolean DEFAULT false NOT NULL,
	"change_account" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"code" text,
	"token_pair" text,
	"outcome" text,
	"outcome_message" text,
	"key_id" uuid,
	CONSTRAINT "connect_attempts_stateHash_unique" UNIQUE("state_hash")
);
--> statement-breakpoint
CREATE TABLE "connections" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"tenant" text NOT NULL,
	"account_id" text NOT NULL,
	"account_name" text NOT NULL,
	"user_name" text NOT NULL,
	"employee_id" text NOT NULL,
	"state" text NOT NULL,
	"state_reason" text,
	"access_token" text,
	"refresh_token" text,
	"token_version" integer DEFAULT 1 NOT NULL,
	"access_expires_at" timestamp (3) with time zone NOT NULL,
	"refresh_failed_at" timestamp (3) with time zone,
	"connected_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"checked_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"failed_probes" integer DEFAULT 0 NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "rate_buckets" (
	"account_id" text PRIMARY KEY NOT NULL,
	"level" numeric NOT NULL,
	"size" numeric NOT NULL,
	"drip_rate" numeric NOT NULL,
	"level_at" timestamp (3) with time zone NOT NULL,
	"corrected_at" timestamp (3) with time zone,
	"burst_level" numeric NOT NULL,
	"burst_limit" integer NOT NULL,
	"blocked_until" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "rate_calls" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" text NOT NULL,
	"cost" numeric NOT NULL,
	"acquired_at" timestamp (3) with time zone NOT NULL,
	"answered_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "setup_changes" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"tenant" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"step" text NOT NULL,
	"request_id" text NOT NULL,
	"key_id" uuid,
	"version" integer NOT NULL,
	"choice" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "setups" (
	"tenant" text PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"stores_done" boolean DEFAULT false NOT NULL,
	"import_settings" jsonb,
	"pricing" jsonb,
	"order_export" jsonb,
	"sync" jsonb NOT NULL,
	"warnings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"last_reminder" text,
	"completed_at" timestamp (3) with time zone,
	"export_from" timestamp (3) with time zone,
	"paused_at" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "store_mappings" (
	"tenant" text NOT NULL,
	"shop_id" text NOT NULL,
	"shop_name" text NOT NULL,
	"location_id" text NOT NULL,
	CONSTRAINT "store_mappings_tenant_shop_id_pk" PRIMARY KEY("tenant","shop_id")
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"tenant" text,
	"role" text NOT NULL,
	"label" text NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "api_keys_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "tenants" (
	"tenant" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"time_zone" text NOT NULL,
	"currency" text NOT NULL,
	"feed_version" bigint DEFAULT 0 NOT NULL,
	"event_number" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "catalog_items" ADD CONSTRAINT "catalog_items_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "listings" ADD CONSTRAINT "listings_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "locations" ADD CONSTRAINT "locations_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mapping_decisions" ADD CONSTRAINT "mapping_decisions_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mappings" ADD CONSTRAINT "mappings_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pos_items" ADD CONSTRAINT "pos_items_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pos_manufacturers" ADD CONSTRAINT "pos_manufacturers_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pos_prices" ADD CONSTRAINT "pos_prices_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pos_stock" ADD CONSTRAINT "pos_stock_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pull_cursors" ADD CONSTRAINT "pull_cursors_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_requests" ADD CONSTRAINT "sync_requests_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_runs" ADD CONSTRAINT "sync_runs_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attention" ADD CONSTRAINT "attention_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wake_ups" ADD CONSTRAINT "wake_ups_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fulfilments" ADD CONSTRAINT "fulfilments_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_exports" ADD CONSTRAINT "order_exports_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_history" ADD CONSTRAINT "order_history_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_statuses" ADD CONSTRAINT "order_statuses_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "till_customers" ADD CONSTRAINT "till_customers_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "till_facts" ADD CONSTRAINT "till_facts_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connect_attempts" ADD CONSTRAINT "connect_attempts_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connections" ADD CONSTRAINT "connections_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rate_calls" ADD CONSTRAINT "rate_calls_account_id_rate_buckets_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."rate_buckets"("account_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "setup_changes" ADD CONSTRAINT "setup_changes_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "setups" ADD CONSTRAINT "setups_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "store_mappings" ADD CONSTRAINT "store_mappings_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_tenant_tenants_tenant_fk" FOREIGN KEY ("tenant") REFERENCES "public"."tenants"("tenant") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "catalog_items_gtin1" ON "catalog_items" USING btree ("tenant","gtin1_key");--> statement-breakpoint
CREATE INDEX "catalog_items_gtin2" ON "catalog_items" USING btree ("tenant","gtin2_key");--> statement-breakpoint
CREATE INDEX "catalog_items_mpn" ON "catalog_items" USING btree ("tenant","mpn_key");--> statement-breakpoint
CREATE INDEX "catalog_items_brand" ON "catalog_items" USING btree ("tenant","brand");--> statement-breakpoint
CREATE INDEX "listings_version" ON "listings" USING btree ("tenant","version");--> statement-breakpoint
CREATE INDEX "mappings_state" ON "mappings" USING btree ("tenant","state");--> statement-breakpoint
CREATE INDEX "mappings_item" ON "mappings" USING btree ("tenant","item_id");--> statement-breakpoint
CREATE INDEX "pos_items_upc" ON "pos_items" USING btree ("tenant","upc_key");--> statement-breakpoint
CREATE INDEX "pos_items_ean" ON "pos_items" USING btree ("tenant","ean_key");--> statement-breakpoint
CREATE INDEX "pos_items_mpn" ON "pos_items" USING btree ("tenant","mpn_key");--> statement-breakpoint
CREATE INDEX "sync_runs_tenant" ON "sync_runs" USING btree ("tenant","started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "attention_open" ON "attention" USING btree ("tenant","subject_kind","subject_id","code") WHERE resolved_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_id" ON "outbox" USING btree ("id");--> statement-breakpoint
CREATE INDEX "outbox_waiting" ON "outbox" USING btree ("tenant","subject","number") WHERE delivered_at is null;--> statement-breakpoint
CREATE INDEX "wake_ups_age" ON "wake_ups" USING btree ("requested_at");--> statement-breakpoint
CREATE INDEX "order_exports_state" ON "order_exports" USING btree ("tenant","state");--> statement-breakpoint
CREATE INDEX "order_history_order" ON "order_history" USING btree ("tenant","order_id","at");--> statement-breakpoint
CREATE INDEX "order_lines_sku" ON "order_lines" USING btree ("tenant","sku");--> statement-breakpoint
CREATE INDEX "orders_changed" ON "orders" USING btree ("tenant","changed_at");--> statement-breakpoint
CREATE INDEX "connect_attempts_tenant" ON "connect_attempts" USING btree ("tenant","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "connections_one_live_per_tenant" ON "connections" USING btree ("tenant") WHERE state in ('active', 'lost');--> statement-breakpoint
CREATE UNIQUE INDEX "connections_one_tenant_per_account" ON "connections" USING btree ("account_id") WHERE state in ('active', 'lost');--> statement-breakpoint
CREATE INDEX "rate_calls_account" ON "rate_calls" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "setup_changes_tenant" ON "setup_changes" USING btree ("tenant","id");--> statement-breakpoint
CREATE UNIQUE INDEX "setup_changes_request" ON "setup_changes" USING btree ("tenant","request_id");--> statement-breakpoint
CREATE INDEX "api_keys_tenant" ON "api_keys" USING btree ("tenant");