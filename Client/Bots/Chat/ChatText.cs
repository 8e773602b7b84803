using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace MmoOrleans.Bots.Chat;

/// <summary>What a bot says: <c>bots RUN SENDER NUMBER TICKS</c>. The run tells it from lines of other bots and of earlier runs; ticks are the sender's clock.</summary>
internal readonly record struct ChatText(uint Run, int Sender, int Number, TimeSpan SentAt)
{
    private static ReadOnlySpan<byte> Word => "bots "u8;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Encoding.ASCII.GetString(Word)}{Run} {Sender} {Number} {SentAt.Ticks}");

    public static bool TryRead(ReadOnlySpan<byte> text, out ChatText line)
    {
        line = default;
        if (!text.StartsWith(Word)) return false;
        text = text[Word.Length..];
        if (!TryRead(ref text, out var run) || !TryRead(ref text, out var sender) || !TryRead(ref text, out var number) || !TryRead(ref text, out var ticks)) return false;
        if (!text.IsEmpty || run is < 0 or > uint.MaxValue || sender is < 0 or > int.MaxValue || number is < 0 or > int.MaxValue) return false;
        line = new ChatText((uint)run, (int)sender, (int)number, TimeSpan.FromTicks(ticks));
        return true;
    }

    private static bool TryRead(ref ReadOnlySpan<byte> text, out long number)
    {
        if (!Utf8Parser.TryParse(text, out number, out var used)) return false;
        text = text[used..];
        if (!text.IsEmpty && text[0] == (byte)' ') text = text[1..];
        return true;
    }
}
