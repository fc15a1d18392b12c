import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

interface Entry {
  payload: AdapterPayload;
  expires: number;
}

/** The provider's sessions, codes and refresh tokens, in memory: a restart signs everybody out. */
export function loginStore(now: () => number = Date.now): AdapterFactory {
  const entries = new Map<string, Entry>();

  const sweep = () => {
    for (const [key, { expires }] of entries) if (expires <= now()) entries.delete(key);
  };
  const findBy = (model: string, field: 'uid' | 'userCode', value: string) => {
    for (const [key, { payload, expires }] of entries) {
      if (key.startsWith(`${model}:`) && payload[field] === value && expires > now()) return payload;
    }
    return undefined;
  };

  return (model): Adapter => ({
    async upsert(id, payload, expiresIn) {
      sweep();
      entries.set(`${model}:${id}`, { payload, expires: expiresIn ? now() + expiresIn * 1000 : Infinity });
    },
    async find(id) {
      const entry = entries.get(`${model}:${id}`);
      return entry && entry.expires > now() ? entry.payload : undefined;
    },
    findByUid: async (uid) => findBy(model, 'uid', uid),
    findByUserCode: async (code) => findBy(model, 'userCode', code),
    async consume(id) {
      const entry = entries.get(`${model}:${id}`);
      if (entry) entry.payload.consumed = Math.floor(now() / 1000);
    },
    async destroy(id) {
      entries.delete(`${model}:${id}`);
    },
    async revokeByGrantId(grantId) {
      for (const [key, { payload }] of entries) if (payload.grantId === grantId) entries.delete(key);
    },
  });
}
