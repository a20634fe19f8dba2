import * as z from 'zod';
import { type AwsCall, AwsRefusal, type AwsService, type Permission, type Protocol } from './awsCall.ts';

type Output = Readonly<Record<string, unknown>>;

interface Operation {
  permissions(call: AwsCall): Permission[];
  run(call: AwsCall): Promise<Output>;
}

/** @param definition.input what the operation takes; anything else of AWS's own is refused, so that nothing asked for is silently left out */
export function defineOperation<Input>(definition: {
  readonly input: z.ZodType<Input>;
  readonly permissions: (input: Input, call: AwsCall) => Permission[];
  readonly run: (input: Input, call: AwsCall) => Output | Promise<Output>;
}): Operation {
  const parse = (call: AwsCall): Input => {
    const parsed = definition.input.safeParse(call.input);
    if (parsed.success) return parsed.data;
    throw new AwsRefusal('ValidationException', `${call.action}: ${z.prettifyError(parsed.error)}`);
  };
  return {
    permissions: (call) => definition.permissions(parse(call), call),
    run: async (call) => definition.run(parse(call), call),
  };
}

/** Makes a service of its operations. An operation beyond them is refused with a sentence that names it. */
export function defineService(protocol: Protocol, operations: Readonly<Record<string, Operation>>): AwsService {
  const find = (call: AwsCall): Operation => {
    const found = operations[call.action];
    if (found !== undefined) return found;
    throw new AwsRefusal('NotImplemented', `The local run does not serve ${call.service}:${call.action}`, 501);
  };
  return {
    protocol,
    permissions: (call) => find(call).permissions(call),
    perform: async (call) => protocol.write(call, await find(call).run(call)),
  };
}
