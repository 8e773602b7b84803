using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Chat;

namespace MmoOrleans.Grains.Tests.Chat;

internal static class Lines
{
    internal static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    internal static NewChatLine Line(string text, DateTimeOffset? notAfter = null) =>
        new(ChatLineKind.Global, new CharacterId(Guid.NewGuid()), "Barone", text, notAfter ?? DateTimeOffset.MaxValue);

    internal static IEnumerable<string> Texts(IEnumerable<ChatLine> lines) => lines.Select(line => line.Text);

    internal static T Granted<T>(Answer<T> answer) => Assert.IsType<Granted<T>>(answer).Value;

    internal static Refusal Denied<T>(Answer<T> answer) => Assert.IsType<Denied<T>>(answer).Why;
}
