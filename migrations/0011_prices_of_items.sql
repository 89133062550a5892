ALTER TABLE "pos_items" ADD COLUMN "prices" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
UPDATE "pos_items" i SET "prices" = p."prices" FROM (
  SELECT "tenant", "item_id", jsonb_object_agg("level_id", "amount"::text) AS "prices" FROM "pos_prices" GROUP BY 1, 2
) p WHERE p."tenant" = i."tenant" AND p."item_id" = i."item_id";--> statement-breakpoint
ALTER TABLE "pos_items" ALTER COLUMN "prices" DROP DEFAULT;--> statement-breakpoint
DROP TABLE "pos_prices" CASCADE;
