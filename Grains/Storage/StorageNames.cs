namespace MmoOrleans.Grains.Storage;

/// <summary>The names under which grains find their storage.</summary>
public static class StorageNames
{
    /// <summary>Where everything that must survive a restart is kept. Its provider is chosen by the configuration.</summary>
    public const string Mmo = "mmo";
}
