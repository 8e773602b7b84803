using System.Collections.Frozen;
using System.Xml.Linq;

namespace MmoOrleans.Grains.Maps.Data;

/// <summary>Reads a list of custom properties. All are kept as the text they are written in; of two with one name the last counts.</summary>
internal static class TiledProperties
{
    public static FrozenDictionary<string, string> Read(XElement? list, TiledWarnings warnings)
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (XElement property in list?.Elements("property") ?? [])
        {
            string name = property.Text("name");
            if (property.Element("properties") is not null)
                warnings.Add(property.Line(), $"property '{name}' is a class; only plain properties are kept");
            else
                properties[name] = Value(property, name);
            if (properties.Count > TiledLimits.MaxProperties)
                throw new TiledFormatException($"more than {TiledLimits.MaxProperties} properties", property.Line());
        }

        return properties.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>A text of several lines stands inside the element, any other value in its attribute.</summary>
    private static string Value(XElement property, string name) =>
        TiledNumbers.Bounded(property.Attribute("value")?.Value ?? property.Value, $"property '{name}'", property.Line());
}
