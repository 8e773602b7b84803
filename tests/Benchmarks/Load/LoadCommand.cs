using System.Runtime.InteropServices;
using System.Text.Json;
using MmoOrleans.Benchmarks.Processes;

namespace MmoOrleans.Benchmarks.Load;

/// <summary>Runs the scenarios and prints one table for each.</summary>
internal sealed class LoadCommand(LoadOptions options, TextWriter output, TextWriter progress)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly List<Dictionary<string, object?>> _json = [];

    public async Task<int> Run()
    {
        if (!OperatingSystem.IsLinux()) throw new UsageException("load needs Linux: taskset, and processor times from /proc.");
        using var bench = new Bench(options, progress);
        WriteCircumstances();
        var failures = 0;
        foreach (var scenario in Catalogue.Scenarios.Where(one => options.Scenarios.Contains(one.Name))) failures += await Run(bench, scenario);
        return failures == 0 ? 0 : 1;
    }

    /// <summary>Answers how many rows could not be measured.</summary>
    private async Task<int> Run(Bench bench, Scenario scenario)
    {
        var failures = 0;
        output.WriteLine($"\n## {scenario.Name}: {scenario.Meaning}\n");
        var table = new MarkdownTable(output);
        foreach (var clients in options.Clients.Count > 0 ? options.Clients : scenario.Clients)
        {
            try
            {
                var row = await Repeat(bench, scenario, clients);
                table.Write(row);
                Keep(scenario, row);
            }
            catch (Exception failed) when (failed is InvalidOperationException or TimeoutException or HttpRequestException)
            {
                // Hours of other rows are not thrown away for one that failed.
                output.WriteLine($"\n{scenario.Name} with {clients} clients could not be measured: {failed.Message}\n");
                failures++;
            }
        }

        return failures;
    }

    private async Task<Row> Repeat(Bench bench, Scenario scenario, int clients)
    {
        var repetitions = new List<Row>();
        for (var repeat = 0; repeat < options.Repeats; repeat++) repetitions.Add(await scenario.Measure(bench, clients));
        return Row.Median(repetitions);
    }

    private void Keep(Scenario scenario, Row row)
    {
        var json = row.ToJson();
        json["scenario"] = scenario.Name;
        _json.Add(json);
        if (options.JsonPath is { } path) File.WriteAllText(path, JsonSerializer.Serialize(_json, Indented));
    }

    private void WriteCircumstances()
    {
        var processor = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[1];
        output.WriteLine($"{processor}, {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}.");
        output.WriteLine($"The server has all processors; bots and floor clients have processor {options.Core} alone and share it with the server.");
        output.WriteLine($"{options.Seconds} s measured after {options.WarmUpSeconds} s of warm-up, medians of {options.Repeats}. Load average at the start: {File.ReadAllText("/proc/loadavg").Trim()}.");
        output.WriteLine($"\n```json\n{File.ReadAllText(Places.Config).Trim()}\n```");
        output.Flush();
    }
}
