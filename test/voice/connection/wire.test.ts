import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { DAVESession, NetworkingStatusCode, VoiceConnection, VoiceUDPSocket, version } from '@discordjs/voice';
import { describe, expect, it } from 'vitest';
import { Wire, type WireListener } from '../../../src/voice/connection/wire.ts';

const listener: WireListener = {
  datagramReceived() {},
  messageReceived() {},
  messageRefused() {},
  datagramFailed() {},
  serverOpened() {},
  brokenOff() {},
  gatewayClosed() {},
};

function makeConnection(): VoiceConnection {
  return new VoiceConnection(
    { guildId: '1', channelId: '2', selfDeaf: false, selfMute: true, group: 'a' },
    { adapterCreator: () => ({ sendPayload: () => true, destroy() {} }) },
  );
}

/**
 * What src/voice/connection/wire.ts, udp-socket.ts next to it and src/voice/encryption/dave-keys.ts rely on inside @discordjs/voice. When a
 * release changes any of it, read that release, mend the three files, and only then raise the version here.
 */
describe('the private parts of @discordjs/voice that Parley uses', () => {
  it('are those of the release that this code was written for', () => {
    expect(version).toBe('0.19.2');
  });

  it('include the methods that are replaced to take a connection over', () => {
    const inside = Object.getOwnPropertyNames(VoiceConnection.prototype);
    expect(inside).toEqual(
      expect.arrayContaining(['updateReceiveBindings', 'onNetworkingClose', 'configureNetworking']),
    );
  });

  it('include the raw socket and the address of the voice server', async () => {
    const udp = new VoiceUDPSocket({ ip: '127.0.0.1', port: 9 });
    udp.on('error', () => {});
    expect(Object.keys(udp)).toEqual(expect.arrayContaining(['socket', 'remote']));
    await setImmediate(); // its first keep-alive is due then, and throws on a closed socket
    udp.destroy();
  });

  it('include a session that is made anew when there is none', () => {
    const dave = new DAVESession(1, '1', '2', {});
    dave.reinit();
    const first = dave.session;
    dave.session = undefined;
    dave.reinit();
    expect(dave.session).toBeDefined();
    expect(dave.session).not.toBe(first);
  });

  it('include the states of the networking, by their numbers', () => {
    expect(NetworkingStatusCode).toMatchObject({ OpeningWs: 0, UdpHandshaking: 2, Ready: 4, Resuming: 5 });
  });

  it('cannot end the process when a socket closes as soon as it was made', async () => {
    const connection = makeConnection();
    const wire = new Wire(connection, listener, () => 0);
    const udp = new VoiceUDPSocket({ ip: '127.0.0.1', port: 9 });
    const follow = Reflect.get(connection, 'updateReceiveBindings');
    follow({ code: NetworkingStatusCode.UdpHandshaking, udp, connectionData: { ssrc: 1 } });
    udp.destroy();
    await setImmediate(); // as shipped, an uncaught ERR_SOCKET_DGRAM_NOT_RUNNING comes here
    wire.release();
    expect(() => udp.send(Buffer.alloc(8))).not.toThrow();
  });

  it('cannot end the process when handling a packet throws: that is reported once, and the next packets come', async () => {
    const connection = makeConnection();
    const taken: string[] = [];
    const stumbles: unknown[] = [];
    const dealing = {
      ...listener,
      datagramReceived(buffer: Buffer) {
        taken.push(buffer.toString());
        throw new Error('too much for us');
      },
      datagramFailed: (error: unknown) => void stumbles.push(error),
    };
    const wire = new Wire(connection, dealing, () => 0);
    const server = createSocket('udp4').bind(0, '127.0.0.1');
    await once(server, 'listening');
    const udp = new VoiceUDPSocket({ ip: '127.0.0.1', port: server.address().port });
    const { socket } = udp as unknown as { readonly socket: Socket }; // private in the typings
    Reflect.get(
      connection,
      'updateReceiveBindings',
    )({
      code: NetworkingStatusCode.UdpHandshaking,
      udp,
      connectionData: { ssrc: 1 },
    });
    const [, { port }] = await once(server, 'message'); // its first keep-alive
    for (const word of ['one', 'two']) {
      server.send(word, port, '127.0.0.1');
      await once(socket, 'message');
    }
    expect(taken).toEqual(['one', 'two']);
    expect(stumbles).toEqual([new Error('too much for us')]);
    wire.release();
    udp.destroy();
    server.close();
  });

  it('let the system hold as many packets as it allows while the process is busy', async () => {
    const usual = createSocket('udp4').bind(0, '127.0.0.1');
    await once(usual, 'listening');
    const connection = makeConnection();
    const wire = new Wire(connection, listener, () => 0);
    const udp = new VoiceUDPSocket({ ip: '127.0.0.1', port: 9 });
    const { socket } = udp as unknown as { readonly socket: Socket }; // private in the typings
    const follow = Reflect.get(connection, 'updateReceiveBindings');
    follow({ code: NetworkingStatusCode.UdpHandshaking, udp, connectionData: { ssrc: 1 } });
    await once(socket, 'listening');
    expect(socket.getRecvBufferSize()).toBeGreaterThan(usual.getRecvBufferSize());
    wire.release();
    udp.destroy();
    usual.close();
  });

  it('cause an error when they are missing', () => {
    const connection = makeConnection();
    Object.assign(connection, { updateReceiveBindings: undefined });
    expect(() => new Wire(connection, listener, () => 0)).toThrow('@discordjs/voice has moved the private parts');
  });
});
