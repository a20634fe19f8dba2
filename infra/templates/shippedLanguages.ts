/** The languages in which the service's own templates come, the default language first. */
export const shippedLanguages = ['en', 'es', 'ca'] as const;
