using System.Text.Json.Nodes;

namespace MmoOrleans.Grains.Storage;

/// <summary>Rewrites an older row of a record to the form of the present version.</summary>
public interface IRecordUpgrade
{
    /// <summary>Changes <paramref name="data"/>, a row of version <paramref name="from"/>, in place.</summary>
    void Upgrade(JsonObject data, int from);
}
