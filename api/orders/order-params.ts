import { z } from 'zod';
import { TenantParams } from '../tenants/tenant-body.ts';

/** An order's number, and a refund's, is part of a workflow's id and the sale's reference: letters, digits and three marks. */
export const OrderId = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,64}$/, 'Letters, digits, dots, hyphens and underscores, 1 to 64');

export const OrderParams = TenantParams.extend({ order: OrderId });
