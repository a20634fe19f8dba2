/** Begins the console's page. */
import '../shared/boot.ts';
