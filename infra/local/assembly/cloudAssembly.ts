import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const resource = z.object({
  Type: z.string(),
  Condition: z.string().optional(),
  Properties: z.record(z.string(), z.unknown()).default({}),
});

const template = z.object({
  Parameters: z.record(z.string(), z.object({ Default: z.unknown().optional() })).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Resources: z.record(z.string(), resource),
  Outputs: z.record(z.string(), z.object({ Value: z.unknown(), Condition: z.string().optional() })).default({}),
});

const assetsManifest = z.object({
  files: z.record(z.string(), z.object({ source: z.object({ path: z.string().optional() }) })).default({}),
});

export type CloudFormationTemplate = z.infer<typeof template>;
export type TemplateResource = z.infer<typeof resource>;

/** What `cdk synth` writes for one stack: its template and the folders of its assets. */
export interface CloudAssembly {
  readonly stackName: string;
  readonly template: CloudFormationTemplate;
  /** @throws where the manifest has no such asset */
  assetDirectory(hash: string): string;
}

/** The logical ids of the template's HTTP APIs, the first one first. */
export function httpApisIn({ Resources }: CloudFormationTemplate): string[] {
  const isHttpApi = ({ Type, Properties }: TemplateResource) =>
    Type === 'AWS::ApiGatewayV2::Api' && Properties.ProtocolType === 'HTTP';
  return Object.entries(Resources).flatMap(([logicalId, one]) => (isHttpApi(one) ? [logicalId] : []));
}

/** Whether people sign in to a user pool of the template on pages of Cognito's. */
export function hasSignInPages({ Resources }: CloudFormationTemplate): boolean {
  return Object.values(Resources).some(({ Type }) => Type === 'AWS::Cognito::UserPoolDomain');
}

export function readCloudAssembly(directory: string, stackName: string): CloudAssembly {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(directory, file), 'utf8'));
  const { files } = assetsManifest.parse(read(`${stackName}.assets.json`));
  return {
    stackName,
    template: template.parse(read(`${stackName}.template.json`)),
    assetDirectory: (hash) => {
      const path = files[hash]?.source.path;
      if (path === undefined) throw new Error(`The assets of ${stackName} hold no ${hash}`);
      return join(directory, path);
    },
  };
}
