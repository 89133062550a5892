import { z } from 'zod';
import { TenantParams } from '../tenants/tenant-body.ts';

/** An order's number is part of a workflow's id and the sale's reference: letters, digits and three marks. */
export const OrderId = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,64}$/, 'Letters, digits, dots, hyphens and underscores, 1 to 64');

/** Part of a workflow's id and of the refund sale's reference, as the order's number. */
export const RefundId = OrderId;

export const OrderParams = TenantParams.extend({ order: OrderId });
