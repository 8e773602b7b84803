using System.Reflection;

namespace MmoOrleans.Benchmarks.Processes;

/// <summary>Where the built programs and the checked-in files are.</summary>
internal static class Places
{
    public static string Silo => Program("Silo", "MmoOrleans.Silo");

    public static string Gateway => Program("Gateway", "MmoOrleans.Gateway");

    public static string Bots => Program("Client/Bots", "MmoOrleans.Bots");

    /// <summary>This program, for the floors.</summary>
    public static string Benchmarks => Program("tests/Benchmarks", "MmoOrleans.Benchmarks");

    /// <summary>What every measured server runs with.</summary>
    public static string Config => Path.GetFullPath(Path.Combine(Of("Repository"), "config", "bench.json"));

    private static string Program(string folder, string name) =>
        Path.GetFullPath(Path.Combine(Of("Repository"), folder, "bin", Of("Configuration"), "net10.0", name + ".dll"));

    private static string Of(string key) => typeof(Places).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
