import { routes } from './http/endpoint.ts';

export const handler = routes({});
