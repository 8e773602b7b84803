using System.Reflection;

namespace MmoOrleans.EndToEnd.Hosts;

/// <summary>Where the built hosts and the shipped files are.</summary>
public static class Places
{
    public static string Silo => Of("Silo");

    public static string Gateway => Of("Gateway");

    public static string Console => Of("Console");

    public static string Repository => Of("Repository");

    public static string Maps => Path.Combine(Repository, "config", "maps");

    private static string Of(string key) => typeof(Places).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
