import { useDeliveries } from './oneDeliveryRuns.ts';

useDeliveries(100);
