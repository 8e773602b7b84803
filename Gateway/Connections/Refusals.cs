using MmoOrleans.GrainInterfaces;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Connections;

/// <summary>Refusals as the wire has them. The numbers of both enums are the same; a test holds them together.</summary>
internal static class Refusals
{
    public static Protocol.ErrorCode ToWire(this RefusalCode code) => (Protocol.ErrorCode)(int)code;

    public static Refused ToRefused(this Refusal why) =>
        new() { Code = why.Code.ToWire(), Sentence = why.Sentence, RetryAfterMs = RetryMs(why) };

    public static Disconnecting ToDisconnecting(this Refusal why) =>
        new() { Code = why.Code.ToWire(), Sentence = why.Sentence, RetryAfterMs = RetryMs(why) };

    private static uint RetryMs(Refusal why) => (uint)Math.Clamp(why.RetryAfter?.TotalMilliseconds ?? 0, 0, uint.MaxValue);
}
