using MmoOrleans.Protocol;

namespace MmoOrleans.Sdk;

// Talking. The own line comes back as Heard, as everybody's does. Between two maps nobody can speak: what is for everybody or for one
// character is said again after a moment, on the other map. What is for those near is not: other people are near there.
public sealed partial class MmoClient
{
    private static readonly TimeSpan BetweenMaps = TimeSpan.FromMilliseconds(250);

    /// <summary>To those near on the same map. CHAT_TOO_LONG (500 bytes), CHAT_EMPTY, CHAT_MUTED, CHAT_ENTER_TOO_FAST, ALREADY_WARPING.</summary>
    public Task<Answer<SayAccepted>> SayAsync(string text, CancellationToken cancellation = default) =>
        _loop.Run(() => SayOnce(ChatKind.Local, text, "", cancellation));

    /// <summary>To everybody on every map and channel.</summary>
    public Task<Answer<SayAccepted>> GlobalAsync(string text, CancellationToken cancellation = default) =>
        _loop.Run(() => Patiently(() => SayOnce(ChatKind.Global, text, "", cancellation), cancellation));

    /// <summary>To one character, wherever it is. CHARACTER_NOT_ONLINE.</summary>
    public Task<Answer<SayAccepted>> WhisperAsync(string toCharacter, string text, CancellationToken cancellation = default) =>
        _loop.Run(() => Patiently(() => SayOnce(ChatKind.Whisper, text, toCharacter, cancellation), cancellation));

    private bool IsBetweenMaps => _journey is not null && World.Visit is not null && !IsOnMap;

    private Task<Answer<SayAccepted>> SayOnce(ChatKind kind, string text, string to, CancellationToken cancellation) => IsBetweenMaps
        ? Task.FromResult<Answer<SayAccepted>>(new Answer<SayAccepted>.Refused(ErrorCode.AlreadyWarping, "The character is on its way to a map.", BetweenMaps))
        : AskOnce(new ClientMessage { Say = new Say { Kind = kind, Text = text, To = to } }, static message => message.SayAccepted, cancellation);
}
