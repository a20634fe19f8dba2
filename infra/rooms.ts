import { DomainName, WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { Construct } from 'constructs';
import type { Settings } from './settings.ts';

/** A conference says more than a caller of the API does: to connect, two browsers need about a dozen messages. */
const messagesPerRequest = 10;

/** The rooms' WebSocket API, still without routes: functions are told its address before they become its routes. */
export interface Sockets {
  readonly api: WebSocketApi;
  readonly stage: WebSocketStage;
  /** What pages open, without a query. */
  readonly url: string;
  readonly domainName: DomainName | undefined;
}

export function createSockets(scope: Construct, settings: Settings): Sockets {
  const api = new WebSocketApi(scope, 'Sockets', { routeSelectionExpression: '$request.body.action' });
  const domainName = createDomainName(scope, settings);
  const stage = new WebSocketStage(scope, 'SocketStage', {
    webSocketApi: api,
    stageName: 'rooms',
    autoDeploy: true,
    throttle: {
      rateLimit: Math.min(settings.throttleRate * messagesPerRequest, 10_000),
      burstLimit: Math.min(settings.throttleBurst * messagesPerRequest, 5_000),
    },
    ...(domainName ? { domainMapping: { domainName } } : {}),
  });
  return { api, stage, url: settings.socketHost ?? stage.url, domainName };
}

function createDomainName(scope: Construct, { socketHost, socketCertificateArn }: Settings): DomainName | undefined {
  if (socketHost === undefined || socketCertificateArn === undefined) return undefined;
  return new DomainName(scope, 'SocketDomain', {
    domainName: new URL(socketHost).hostname,
    certificate: Certificate.fromCertificateArn(scope, 'SocketCertificate', socketCertificateArn),
  });
}
