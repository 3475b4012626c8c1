import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';

/**
 * A machine that is not Jupyter's, and must never hear of a card.
 */
export class Outside {
  private constructor(private readonly _server: Server) {
    _server.on('connection', socket => {
      this._heard += 1;
      socket.on('error', () => undefined).end();
    });
  }

  static async create(): Promise<Outside> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Outside(server);
  }

  /**
   * Its host with its port, as it stands in an address.
   */
  get host(): string {
    return `127.0.0.1:${(this._server.address() as AddressInfo).port}`;
  }

  /**
   * How often it was called, in whatever protocol.
   */
  get heard(): number {
    return this._heard;
  }

  close(): void {
    this._server.close();
  }

  private _heard = 0;
}
