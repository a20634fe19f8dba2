import { useRoomView } from './roomView.ts';

/** Whose service it is, where its operator says so. */
export function BrandName() {
  const { brand } = useRoomView();
  return brand === undefined ? null : (
    <p class="brand" dir="auto">
      {brand}
    </p>
  );
}
