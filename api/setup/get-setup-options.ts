import { z } from 'zod';
import {
  whyEmployeeUnusable,
  whyPaymentTypeUnusable,
  whyPriceLevelUnusable,
  whyRegisterUnusable,
  whyShopUnusable,
} from '../../domain/setup/why-unusable.ts';
import type { Till } from '../../lightspeed/till.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import { answerWithin } from './answer-within.ts';

const answerWithinMs = 10_000;
const usable = { usable: z.boolean(), why: z.string().nullable().describe('Why it can not be chosen') };

const OptionsBody = z
  .object({
    shops: z.array(z.object({ shopId: z.string(), name: z.string(), timeZone: z.string(), ...usable })),
    employees: z.array(
      z.object({
        employeeId: z.string(),
        name: z.string(),
        limitToShopId: z.string().nullable().describe('Sells in this shop only'),
        ...usable,
      }),
    ),
    registers: z.array(
      z.object({ registerId: z.string(), name: z.string(), shopId: z.string(), open: z.boolean(), ...usable }),
    ),
    priceLevels: z.array(z.object({ priceLevelId: z.string(), name: z.string(), ...usable })),
    paymentTypes: z.array(z.object({ paymentTypeId: z.string(), name: z.string(), type: z.string(), ...usable })),
    taxCategories: z.array(
      z.object({
        taxCategoryId: z.string(),
        name: z.string(),
        rate: z.string().describe('A fraction: 0.05 is 5 %'),
        isTaxInclusive: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'SetupOptions' });

export const getSetupOptionsEndpoint = endpoint({
  method: 'get',
  path: '/v1/tenants/:tenant/setup/options',
  roles: ['admin', 'operator'],
  summary: 'Read from Lightspeed what can be chosen in the setup',
  description: 'Live from the account. What can not be chosen is listed too, with the reason.',
  params: TenantParams,
  success: { status: 200, body: OptionsBody },
  problems: ['not-connected', 'connection-lost', 'lightspeed-down', 'unavailable'],
  async handle({ params }, { openTill }) {
    return {
      body: await answerWithin(
        answerWithinMs,
        readOptions(() => openTill(params.tenant, 'interactive')),
      ),
    };
  },
});

async function readOptions(open: () => Promise<Till>): Promise<z.input<typeof OptionsBody>> {
  const till = await open();
  const [shops, employees, registers, priceLevels, paymentTypes, taxCategories] = await Promise.all([
    till.shops(),
    till.employees(),
    till.registers(),
    till.priceLevels(),
    till.paymentTypes(),
    till.taxCategories(),
  ]);
  return {
    shops: shops.map(({ shopId, name, timeZone, ...shop }) => {
      return { shopId, name, timeZone, ...judged(whyShopUnusable(shop)) };
    }),
    employees: employees.map((employee) => {
      const { employeeId, name, limitToShopId } = employee;
      return { employeeId, name, limitToShopId, ...judged(whyEmployeeUnusable(employee, [])) };
    }),
    registers: registers.map(({ registerId, name, shopId, open: isOpen, ...register }) => {
      return { registerId, name, shopId, open: isOpen, ...judged(whyRegisterUnusable(register)) };
    }),
    priceLevels: priceLevels.map(({ priceLevelId, name, ...level }) => {
      return { priceLevelId, name, ...judged(whyPriceLevelUnusable(level)) };
    }),
    paymentTypes: paymentTypes.map((paymentType) => {
      const { paymentTypeId, name, type } = paymentType;
      return { paymentTypeId, name, type, ...judged(whyPaymentTypeUnusable(paymentType)) };
    }),
    taxCategories: taxCategories.map(({ taxCategoryId, tax1Name, tax1Rate, isTaxInclusive }) => {
      return { taxCategoryId, name: tax1Name, rate: tax1Rate, isTaxInclusive };
    }),
  };
}

function judged(why: string | null): { usable: boolean; why: string | null } {
  return { usable: why === null, why };
}
