import type { Endpoint } from './http/endpoint.ts';
import { deleteCatalogItemEndpoint } from './inventory/delete-catalog-item.ts';
import { getAvailabilityEndpoint } from './inventory/get-availability.ts';
import { getCatalogItemsEndpoint } from './inventory/get-catalog-items.ts';
import { getExplainEndpoint } from './inventory/get-explain.ts';
import { getListingEndpoint } from './inventory/get-listing.ts';
import { getListingsEndpoint } from './inventory/get-listings.ts';
import { getLocationsEndpoint } from './inventory/get-locations.ts';
import { getMappingsEndpoint } from './inventory/get-mappings.ts';
import { getMappingsReportEndpoint } from './inventory/get-mappings-report.ts';
import { getRunProposalEndpoint } from './inventory/get-run-proposal.ts';
import { getSafetyStockEndpoint } from './inventory/get-safety-stock.ts';
import { getSyncEndpoint } from './inventory/get-sync.ts';
import { getSyncGuardEndpoint } from './inventory/get-sync-guard.ts';
import { getSyncRunEndpoint } from './inventory/get-sync-run.ts';
import { getSyncRunsEndpoint } from './inventory/get-sync-runs.ts';
import { postMappingDecisionsEndpoint } from './inventory/post-mapping-decisions.ts';
import { postRunApproveEndpoint } from './inventory/post-run-approve.ts';
import { postRunRejectEndpoint } from './inventory/post-run-reject.ts';
import { postSaleDatesEndpoint } from './inventory/post-sale-dates.ts';
import { postSyncPauseEndpoint } from './inventory/post-sync-pause.ts';
import { postSyncResumeEndpoint } from './inventory/post-sync-resume.ts';
import { postSyncRunEndpoint } from './inventory/post-sync-run.ts';
import { putCatalogItemsEndpoint } from './inventory/put-catalog-items.ts';
import { putLocationsEndpoint } from './inventory/put-locations.ts';
import { putSafetyStockEndpoint } from './inventory/put-safety-stock.ts';
import { putSafetyStockItemsEndpoint } from './inventory/put-safety-stock-items.ts';
import { putSyncGuardEndpoint } from './inventory/put-sync-guard.ts';
import { getAttentionEndpoint } from './notify/get-attention.ts';
import { getEventsEndpoint } from './notify/get-events.ts';
import { getWebhookEndpoint } from './notify/get-webhook.ts';
import { putWebhookEndpoint } from './notify/put-webhook.ts';
import { getOrderEndpoint } from './orders/get-order.ts';
import { getOrderAuditsEndpoint } from './orders/get-order-audits.ts';
import { getOrderStatusesEndpoint } from './orders/get-order-statuses.ts';
import { getOrdersEndpoint } from './orders/get-orders.ts';
import { getReconciliationEndpoint } from './orders/get-reconciliation.ts';
import { postOrderAuditEndpoint } from './orders/post-order-audit.ts';
import { postOrderCancelledEndpoint } from './orders/post-order-cancelled.ts';
import { postOrderFulfilledEndpoint } from './orders/post-order-fulfilled.ts';
import { postOrderPaidEndpoint } from './orders/post-order-paid.ts';
import { postOrderRefundedEndpoint } from './orders/post-order-refunded.ts';
import { postOrderResolveEndpoint } from './orders/post-order-resolve.ts';
import { postOrderRetryEndpoint } from './orders/post-order-retry.ts';
import { postOrdersRetryEndpoint } from './orders/post-orders-retry.ts';
import { postRefundRetryEndpoint } from './orders/post-refund-retry.ts';
import { putOrderEndpoint } from './orders/put-order.ts';
import { putOrderStatusesEndpoint } from './orders/put-order-statuses.ts';
import { getHealthzEndpoint } from './service/get-healthz.ts';
import { getMetricsEndpoint } from './service/get-metrics.ts';
import { getReadyzEndpoint } from './service/get-readyz.ts';
import { postCodecDecodeEndpoint } from './service/post-codec-decode.ts';
import { getOauthCallbackEndpoint } from './setup/get-oauth-callback.ts';
import { getSetupEndpoint } from './setup/get-setup.ts';
import { getSetupOptionsEndpoint } from './setup/get-setup-options.ts';
import { getSetupPreviewEndpoint } from './setup/get-setup-preview.ts';
import { postCompleteEndpoint } from './setup/post-complete.ts';
import { postConnectEndpoint } from './setup/post-connect.ts';
import { postDisconnectEndpoint } from './setup/post-disconnect.ts';
import { putImportSettingsEndpoint } from './setup/put-import-settings.ts';
import { putOrderExportEndpoint } from './setup/put-order-export.ts';
import { putPricingEndpoint } from './setup/put-pricing.ts';
import { putStoresEndpoint } from './setup/put-stores.ts';
import { putSyncSettingsEndpoint } from './setup/put-sync-settings.ts';
import { deleteKeyEndpoint } from './tenants/delete-key.ts';
import { deleteTenantEndpoint } from './tenants/delete-tenant.ts';
import { getKeysEndpoint } from './tenants/get-keys.ts';
import { getRemovalEndpoint } from './tenants/get-removal.ts';
import { getTenantEndpoint } from './tenants/get-tenant.ts';
import { getTenantsEndpoint } from './tenants/get-tenants.ts';
import { postKeyEndpoint } from './tenants/post-key.ts';
import { putTenantEndpoint } from './tenants/put-tenant.ts';

/** Every endpoint there is: the one list that Express, OpenAPI and the key test read. */
export const endpoints: readonly Endpoint[] = [
  deleteKeyEndpoint,
  deleteTenantEndpoint,
  getKeysEndpoint,
  getRemovalEndpoint,
  getTenantEndpoint,
  getTenantsEndpoint,
  postKeyEndpoint,
  putTenantEndpoint,
  getOauthCallbackEndpoint,
  getSetupOptionsEndpoint,
  getSetupPreviewEndpoint,
  getSetupEndpoint,
  postCompleteEndpoint,
  postConnectEndpoint,
  postDisconnectEndpoint,
  putImportSettingsEndpoint,
  putOrderExportEndpoint,
  putPricingEndpoint,
  putStoresEndpoint,
  putSyncSettingsEndpoint,
  deleteCatalogItemEndpoint,
  getAvailabilityEndpoint,
  getCatalogItemsEndpoint,
  getExplainEndpoint,
  getListingEndpoint,
  getListingsEndpoint,
  getLocationsEndpoint,
  getMappingsReportEndpoint,
  getMappingsEndpoint,
  getRunProposalEndpoint,
  getSafetyStockEndpoint,
  getSyncGuardEndpoint,
  postRunApproveEndpoint,
  postRunRejectEndpoint,
  putSafetyStockEndpoint,
  putSafetyStockItemsEndpoint,
  putSyncGuardEndpoint,
  getSyncRunEndpoint,
  getSyncRunsEndpoint,
  getSyncEndpoint,
  postMappingDecisionsEndpoint,
  postSaleDatesEndpoint,
  postSyncPauseEndpoint,
  postSyncResumeEndpoint,
  postSyncRunEndpoint,
  putCatalogItemsEndpoint,
  putLocationsEndpoint,
  getOrderStatusesEndpoint,
  getReconciliationEndpoint,
  getOrderAuditsEndpoint,
  postOrderAuditEndpoint,
  getOrderEndpoint,
  getOrdersEndpoint,
  postOrderCancelledEndpoint,
  postOrderFulfilledEndpoint,
  postOrderPaidEndpoint,
  postOrderRefundedEndpoint,
  postRefundRetryEndpoint,
  postOrderResolveEndpoint,
  postOrderRetryEndpoint,
  postOrdersRetryEndpoint,
  putOrderStatusesEndpoint,
  putOrderEndpoint,
  getAttentionEndpoint,
  getEventsEndpoint,
  getWebhookEndpoint,
  putWebhookEndpoint,
  getHealthzEndpoint,
  getMetricsEndpoint,
  getReadyzEndpoint,
  postCodecDecodeEndpoint,
];
