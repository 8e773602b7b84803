using MmoOrleans.GrainInterfaces.Names;

namespace MmoOrleans.GrainInterfaces;

/// <summary>
/// Builds every string key of a grain. The ADO.NET storage reads a key that looks like a hexadecimal number as a number,
/// so that `cafe` and `0cafe` would be one record; each key therefore starts with a word that is not hexadecimal.
/// Map keys are built by <c>Destinations</c> alone.
/// </summary>
public static class GrainKeys
{
    /// <summary>The one central grain.</summary>
    public const string Central = "central:main";

    /// <summary>The grain that owns an account name, whatever its case or width.</summary>
    public static string Username(string name) => "user:" + NameFolding.Fold(name);

    /// <summary>The grain that owns a character name, whatever its case, width or way of writing accents.</summary>
    public static string CharacterName(string name) => "name:" + NameFolding.Fold(name);

    /// <summary>The grain that owns an email address, whatever its case or width.</summary>
    public static string Email(string address) => "email:" + NameFolding.Fold(address);

    /// <summary>A chat channel by its own name, `global` for example, which is taken as it is.</summary>
    public static string Chat(string channel) => "chat:" + channel;

    /// <summary>A map spawner by its own name, which is taken as it is.</summary>
    public static string Spawner(string name) => "spawn:" + name;
}
