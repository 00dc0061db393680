import {
  type AudioCodec,
  AudioSampleSink,
  AudioSampleSource,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  getFirstEncodableAudioCodec,
  type InputAudioTrack,
  type Output,
  Quality,
} from "mediabunny";

/** The sound of a result, which is written beside its frames. */
export interface SoundTrack {
  /** Whether the sound is other bytes than that of the file. */
  readonly isConverted: boolean;
  /** Writes the sound up to a time of the file (s). */
  writeUntil(seconds: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * Adds the sound of a video to a result: byte for byte where the container holds its codec, converted where the browser can;
 * undefined where neither is possible.
 *
 * @param shift is added to all times (s).
 */
export async function addSound(track: InputAudioTrack, output: Output, shift: number): Promise<SoundTrack | undefined> {
  const held = output.format.getSupportedAudioCodecs();
  const codec = await track.getCodec();
  const config = await track.getDecoderConfig();
  const languageCode = await track.getLanguageCode();
  if (codec && config && held.includes(codec)) {
    const source = new EncodedAudioPacketSource(codec);
    output.addAudioTrack(source, { languageCode });
    const packets = new EncodedPacketSink(track).packets();
    return writerOf(false, packets, (packet) =>
      source.add(packet.clone({ timestamp: packet.timestamp + shift }), { decoderConfig: config }),
    );
  }
  const [numberOfChannels, sampleRate] = [await track.getNumberOfChannels(), await track.getSampleRate()];
  const wanted = await getFirstEncodableAudioCodec(held as AudioCodec[], { numberOfChannels, sampleRate });
  if (!wanted || !(await track.canDecode())) return undefined;
  const source = new AudioSampleSource({ codec: wanted, quality: new Quality("high") });
  output.addAudioTrack(source, { languageCode });
  return writerOf(true, new AudioSampleSink(track).samples(), async (sample) => {
    sample.setTimestamp(sample.timestamp + shift);
    await source.add(sample);
    sample.close();
  });
}

function writerOf<Piece extends { readonly timestamp: number }>(
  isConverted: boolean,
  pieces: AsyncGenerator<Piece, void, unknown>,
  write: (piece: Piece) => Promise<void>,
): SoundTrack {
  let next = pieces.next();
  // A failure shows when its piece is due.
  next.catch(() => undefined);
  return {
    isConverted,
    async writeUntil(seconds) {
      for (;;) {
        const { done, value } = await next;
        if (done || value.timestamp > seconds) return;
        await write(value);
        next = pieces.next();
        next.catch(() => undefined);
      }
    },
    async close() {
      await pieces.return();
    },
  };
}
