namespace MmoOrleans.Benchmarks.Load;

/// <summary>What a run of <c>load</c> does; <see cref="UsageText"/> explains it.</summary>
internal sealed record LoadOptions
{
    public required IReadOnlyList<string> Scenarios { get; init; }

    /// <summary>Empty: each scenario's own numbers.</summary>
    public required IReadOnlyList<int> Clients { get; init; }

    public required double Seconds { get; init; }

    public required double WarmUpSeconds { get; init; }

    public required int Repeats { get; init; }

    public required IReadOnlyList<string> Floors { get; init; }

    public required int Core { get; init; }

    public required string? Folder { get; init; }

    public required string? JsonPath { get; init; }

    public static LoadOptions Read(Arguments arguments)
    {
        arguments.Allow("--scenario", "--clients", "--seconds", "--warm-up", "--repeats", "--floors", "--core", "--folder", "--json");
        return new LoadOptions
        {
            Scenarios = Known(arguments.List("--scenario", [.. Catalogue.Scenarios.Select(one => one.Name)]), [.. Catalogue.Scenarios.Select(one => one.Name)]),
            Clients = [.. arguments.List("--clients").Select(NumberOf)],
            Seconds = arguments.Number("--seconds", 20),
            WarmUpSeconds = arguments.Number("--warm-up", 10),
            Repeats = Math.Max(1, arguments.Whole("--repeats", 3)),
            Floors = [.. Known(arguments.List("--floors", "sockets", "kestrel"), ["sockets", "kestrel", "none"]).Where(one => one != "none")],
            Core = arguments.Whole("--core", Environment.ProcessorCount - 1),
            Folder = arguments.Text("--folder"),
            JsonPath = arguments.Text("--json"),
        };
    }

    private static string[] Known(string[] names, string[] known)
    {
        foreach (var name in names.Except(known)) throw new UsageException($"{name}: expected one of {string.Join(", ", known)}.");
        return names;
    }

    private static int NumberOf(string text) => int.TryParse(text, out var number) && number > 0 ? number : throw new UsageException($"--clients {text}: expected numbers above 0.");
}
