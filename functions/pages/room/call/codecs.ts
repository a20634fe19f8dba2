/** Every browser with WebRTC speaks these (RFC 7742, section 5; RFC 7874, section 3); `rtx` repeats what got lost. */
const wanted = new Set(['audio/opus', 'video/vp8', 'video/h264', 'video/rtx']);

/**
 * Offers few codecs rather than all: an offer of everything for three tracks comes close to the most that
 * the gateway takes in one message.
 */
export function preferCodecs(transceiver: RTCRtpTransceiver): void {
  const { kind } = transceiver.receiver.track;
  const codecs = RTCRtpReceiver.getCapabilities(kind)?.codecs ?? [];
  const preferred = codecs.filter(({ mimeType }) => wanted.has(mimeType.toLowerCase()));
  if (preferred.length > 0) transceiver.setCodecPreferences?.(preferred);
}
