/**
 * Takes the place of `@aws-sdk/credential-provider-node` in the bundles: Lambda gives a function the credentials of its
 * role in its environment, and nowhere else. The package's other sources of them (profiles, single sign-on, EC2, STS)
 * are a third of a bundle, and of the time that it takes to load.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
