using MmoOrleans.Protocol;

namespace MmoOrleans.Sdk.Chat;

/// <summary>Something that was said.</summary>
/// <param name="Kind">Local, global, whisper or system.</param>
/// <param name="From">The character; empty: the server.</param>
/// <param name="Text">What was said.</param>
/// <param name="To">Whisper: the receiver.</param>
/// <param name="SentAt">By the server's calendar.</param>
public sealed record ChatLine(ChatKind Kind, string From, string Text, string To, DateTimeOffset SentAt)
{
    internal static ChatLine Of(Said said) =>
        new(said.Kind, said.From, said.Text, said.To, DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Min(said.SentUnixMs, 253402300799999)));
}
