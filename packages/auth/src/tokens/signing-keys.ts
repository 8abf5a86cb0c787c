/**
 * The keys that sign tokens. They are made once and live in auth.db (E35). The newest of the configured algorithm
 * signs; the others only verify, and stay published until no token of theirs can be valid. So changing `algorithm`,
 * or the key, signs nobody out.
 */
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import type { SigningAlgorithm } from '../auth-settings.ts';
import type { AuthStore, StoredKey } from '../store/auth-store.ts';

export interface VerifyingKey {
  readonly algorithm: SigningAlgorithm;
  readonly key: CryptoKey;
}

export interface SigningKey extends VerifyingKey {
  readonly kid: string;
}

/** A retired key is published this long after its last possible token ended: caches of the JWKS are that slow. */
export const RETIRED_KEY_GRACE_MS = 24 * 3600_000;

export class SigningKeys {
  readonly signing: SigningKey;
  /** What `/.well-known/jwks.json` answers: public parts only. */
  readonly jwks: { readonly keys: readonly JWK[] };
  readonly #verifying: ReadonlyMap<string, VerifyingKey>;

  private constructor(signing: SigningKey, verifying: Map<string, VerifyingKey>, publicKeys: JWK[]) {
    this.signing = signing;
    this.jwks = { keys: publicKeys };
    this.#verifying = verifying;
  }

  /** Loads the keys, and makes one if none of that algorithm may sign. */
  static async load(store: AuthStore, algorithm: SigningAlgorithm, now: number): Promise<SigningKeys> {
    let keys = await store.keys();
    const maySign = (key: StoredKey) => key.retired_at === null && key.algorithm === algorithm;
    if (!keys.some(maySign)) {
      await store.addKey(await makeKey(algorithm, now));
      keys = await store.keys();
    }
    const signer = keys.find(maySign);
    if (signer === undefined) throw new Error('auth.db did not keep the new signing key');
    const verifying = new Map<string, VerifyingKey>();
    for (const { kid, algorithm: alg, public_jwk } of keys) {
      verifying.set(kid, { algorithm: alg, key: await importKey(public_jwk, alg) });
    }
    const signing = { kid: signer.kid, algorithm, key: await importKey(signer.private_jwk, algorithm) };
    return new SigningKeys(
      signing,
      verifying,
      keys.map((key) => JSON.parse(key.public_jwk) as JWK),
    );
  }

  verifying(kid: string | undefined): VerifyingKey | undefined {
    return kid === undefined ? undefined : this.#verifying.get(kid);
  }
}

async function makeKey(algorithm: SigningAlgorithm, now: number): Promise<StoredKey> {
  const pair = await generateKeyPair(algorithm, { extractable: true, modulusLength: 2048 });
  const publicJwk = await exportJWK(pair.publicKey);
  const kid = await calculateJwkThumbprint(publicJwk);
  return {
    kid,
    algorithm,
    private_jwk: JSON.stringify(await exportJWK(pair.privateKey)),
    public_jwk: JSON.stringify({ ...publicJwk, kid, alg: algorithm, use: 'sig' }),
    created_at: now,
    retired_at: null,
  };
}

async function importKey(jwk: string, algorithm: SigningAlgorithm): Promise<CryptoKey> {
  const key = await importJWK(JSON.parse(jwk) as JWK, algorithm);
  if (key instanceof Uint8Array) throw new Error('a signing key in auth.db is not an asymmetric key');
  return key;
}
