import type { Uploaded } from '../../functions/images.ts';
import { openBucket } from './bucket.ts';
import { type Answer, startBucketServer } from './bucket-server.ts';
import { S3Error } from './s3-error.ts';
import { checkForm } from './upload-form.ts';

export interface Uploads {
  url: string;
  /** Goes on with what an earlier process left. */
  resume(): Promise<void>;
  /** Resolves when whatever was sent before has been worked on. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

interface UploadsOptions {
  accessKey: string;
  /** Signs the forms. */
  secret: string;
  /** The function that S3 tells of each object. */
  invoke(event: Pick<Uploaded, 'detail'>): Promise<unknown>;
}

/** As EventBridge does it for Lambda. */
const ATTEMPTS = 3;

/**
 * The bucket that pictures are sent to, by a form that was signed for one of them. An upload lies there until its function
 * lets it go, so that none is lost however the process ends.
 */
export async function startUploads(dir: string, { accessKey, secret, invoke }: UploadsOptions): Promise<Uploads> {
  const bucket = openBucket(dir);
  let work: Promise<void> = Promise.resolve();

  const attempt = async (key: string, attempts = ATTEMPTS): Promise<void> => {
    try {
      await invoke({ detail: { object: { key } } });
    } catch (error) {
      if (attempts > 1) return attempt(key, attempts - 1);
      const { name, message } = error as Error;
      console.error(JSON.stringify({ level: 'error', message: 'upload given up', error: name, reason: message }));
    }
  };
  const tell = (key: string): void => {
    work = work.then(() => attempt(key));
  };

  const take = async (request: Request): Promise<Answer> => {
    const form = await request.formData().catch(() => {
      throw new S3Error(
        'MalformedPOSTRequest',
        'The body of your POST request is not well-formed multipart/form-data.',
      );
    });
    const { key, type, file } = await checkForm(form, { secret, now: new Date() });
    await bucket.put(key, file, { contentType: type });
    tell(key);
    return { status: 204 };
  };
  const server = await startBucketServer(bucket, { accessKey, form: take });

  return {
    url: server.url,
    resume: async () => {
      for (const { key } of await bucket.list()) tell(key);
    },
    drain: () => work,
    close: async () => {
      await server.close();
      await work;
    },
  };
}
