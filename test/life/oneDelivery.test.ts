import { useDeliveries } from './oneDeliveryRuns.ts';

useDeliveries(6);
