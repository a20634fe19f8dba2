/** Begins the room's page. */
import '../shared/boot.ts';
