using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace MmoOrleans.Grains.Maps.Data;

/// <summary>The numbers and texts of a map's attributes, each checked and refused with its line.</summary>
internal static class TiledNumbers
{
    public static int ParseInt(string? text, string what, int min, int max, int line)
    {
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) || value < min || value > max)
            throw new TiledFormatException($"{what} is {Show(text)}, expected a whole number from {min} to {max}", line);
        return value;
    }

    public static double ParseDouble(string text, string what, int line)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
            throw new TiledFormatException($"{what} is {Show(text)}, expected a number", line);
        return value;
    }

    /// <summary>An attribute that the format lets out when it is 0.</summary>
    public static double Number(this XElement element, string attribute) =>
        element.Attribute(attribute) is { } found ? ParseDouble(found.Value, attribute, element.Line()) : 0;

    /// <summary>An attribute that the format lets out when it is empty.</summary>
    public static string Text(this XElement element, string attribute) =>
        Bounded(element.Attribute(attribute)?.Value ?? "", attribute, element.Line());

    public static string Bounded(string text, string what, int line) => text.Length <= TiledLimits.MaxTextLength
        ? text
        : throw new TiledFormatException($"{what} has {text.Length} characters, the limit is {TiledLimits.MaxTextLength}", line);

    public static int Line(this IXmlLineInfo place) => place.LineNumber;

    private static string Show(string? text) => text switch
    {
        null => "missing",
        { Length: > 40 } => $"'{text[..40]}...'",
        _ => $"'{text}'",
    };
}
