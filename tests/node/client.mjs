// A person's client with matrix-js-sdk and its Rust crypto, as Element has it inside, steered by lines of JSON:
// one command a line on standard input, one answer or event a line on standard output. Keys live in memory only.
//
// {"do":"begin","url":…,"user":…,"password":…,"bot":…,"strict":true}   log in, sign the own device, sync
// {"do":"open"}                  begin an encrypted direct chat with the bot
// {"do":"say","text":…}          {"do":"react","event":…,"key":…}
// {"do":"send","type":…,"content":…}          {"do":"redact","event":…}

import { createInterface } from "node:readline";

// The SDK wants what Node has from version 22 on.
Promise.withResolvers ??= function () {
    let resolve, reject;
    const promise = new Promise((yes, no) => ((resolve = yes), (reject = no)));
    return { promise, resolve, reject };
};
// It logs to the console, and standard output is ours.
for (const level of ["log", "info", "debug", "trace", "warn"]) console[level] = () => {};

const sdk = await import("matrix-js-sdk");
const { OnlySignedDevicesIsolationMode } = await import("matrix-js-sdk/lib/crypto-api/index.js");
const { logger } = await import("matrix-js-sdk/lib/logger.js");
logger.setLevel?.("silent");

const tell = (thing) => process.stdout.write(JSON.stringify(thing) + "\n");
let client, room, bot;

function show(event) {
    if (event.getRoomId() !== room) return;
    tell({
        is: "event",
        id: event.getId(),
        type: event.getType(),
        sender: event.getSender(),
        content: event.getContent(),
        wire: event.getWireType(),
        failed: event.isDecryptionFailure() ? String(event.decryptionFailureReason) : "",
        state_key: event.getStateKey() ?? null,
    });
}

const commands = {
    async begin({ url, user, password, bot: whom, strict }) {
        bot = whom;
        const login = await sdk.createClient({ baseUrl: url }).loginRequest({
            type: "m.login.password",
            identifier: { type: "m.id.user", user },
            password,
        });
        client = sdk.createClient({
            baseUrl: url,
            userId: login.user_id,
            deviceId: login.device_id,
            accessToken: login.access_token,
        });
        await client.initRustCrypto({ useIndexedDB: false });
        const crypto = client.getCrypto();
        await crypto.bootstrapCrossSigning({
            authUploadDeviceSigningKeys: (make) =>
                make({ type: "m.login.password", identifier: { type: "m.id.user", user }, password }),
        });
        if (strict) crypto.setDeviceIsolationMode(new OnlySignedDevicesIsolationMode());
        client.on(sdk.RoomEvent.Timeline, (event, _room, toStart) => {
            if (toStart) return;
            if (event.isEncrypted() && (event.isBeingDecrypted() || event.getClearContent() === null)) {
                event.once(sdk.MatrixEventEvent.Decrypted, () => {
                    show(event);
                    // What cannot be read now may be readable once its key has come.
                    if (event.isDecryptionFailure()) event.once(sdk.MatrixEventEvent.Decrypted, () => show(event));
                });
            } else show(event);
        });
        const synced = new Promise((done) => client.on("sync", (state) => state === "PREPARED" && done()));
        await client.startClient({ initialSyncLimit: 20 });
        await synced;
        return { user: login.user_id, device: login.device_id };
    },
    async open() {
        const made = await client.createRoom({
            is_direct: true,
            preset: "trusted_private_chat",
            invite: [bot],
            initial_state: [
                { type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } },
            ],
        });
        room = made.room_id;
        return { room };
    },
    async say({ text }) {
        return { event: (await client.sendMessage(room, { msgtype: "m.text", body: text })).event_id };
    },
    async react({ event, key }) {
        const relation = { rel_type: "m.annotation", event_id: event, key };
        return { event: (await client.sendEvent(room, "m.reaction", { "m.relates_to": relation })).event_id };
    },
    async send({ type, content }) {
        return { event: (await client.sendEvent(room, type, content)).event_id };
    },
    async redact({ event }) {
        return { event: (await client.redactEvent(room, event)).event_id };
    },
    async trust() {
        const status = await client.getCrypto().getUserVerificationStatus(bot);
        const devices = (await client.getCrypto().getUserDeviceInfo([bot], true)).get(bot) ?? new Map();
        const signed = [];
        for (const id of devices.keys()) {
            const found = await client.getCrypto().getDeviceVerificationStatus(bot, id);
            signed.push({ id, signed: found?.signedByOwner ?? false });
        }
        return { verified: status.isCrossSigningVerified(), needsApproval: status.needsUserApproval, devices: signed };
    },
};

for await (const line of createInterface({ input: process.stdin })) {
    const asked = JSON.parse(line);
    try {
        tell({ is: "done", n: asked.n, ...(await commands[asked.do](asked)) });
    } catch (error) {
        tell({ is: "failed", n: asked.n, why: String(error?.message ?? error) });
    }
}
client?.stopClient();
process.exit(0);
