using MmoOrleans.Protocol;

namespace MmoOrleans.Sdk;

// Talking. The own line comes back as Heard, as everybody's does.
public sealed partial class MmoClient
{
    /// <summary>To those near on the same map. CHAT_TOO_LONG (500 bytes), CHAT_EMPTY, CHAT_MUTED, CHAT_ENTER_TOO_FAST.</summary>
    public Task<Answer<SayAccepted>> SayAsync(string text, CancellationToken cancellation = default) => Say(ChatKind.Local, text, "", cancellation);

    /// <summary>To everybody on every map and channel.</summary>
    public Task<Answer<SayAccepted>> GlobalAsync(string text, CancellationToken cancellation = default) => Say(ChatKind.Global, text, "", cancellation);

    /// <summary>To one character, wherever it is. CHARACTER_NOT_ONLINE.</summary>
    public Task<Answer<SayAccepted>> WhisperAsync(string toCharacter, string text, CancellationToken cancellation = default) => Say(ChatKind.Whisper, text, toCharacter, cancellation);

    private Task<Answer<SayAccepted>> Say(ChatKind kind, string text, string to, CancellationToken cancellation) => _loop.Run(() =>
        Ask(new ClientMessage { Say = new Say { Kind = kind, Text = text, To = to } }, static message => message.SayAccepted, cancellation));
}
