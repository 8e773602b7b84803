using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace MmoOrleans.Benchmarks.Micro;

/// <summary>Times and allocations of the functions that run for every move, every entity and every viewer.</summary>
internal static class MicroCommand
{
    private const int Warmups = 3;
    private const int Iterations = 8;

    public static int Run(string[] arguments)
    {
        var summaries = BenchmarkSwitcher.FromTypes([typeof(MoveDecoding), typeof(MapSteps), typeof(ServingViewers), typeof(Metering)]).Run(arguments.Length > 0 ? arguments : ["--filter", "*"], Config());
        return summaries.Any(one => one.HasCriticalValidationErrors || one.Reports.Any(report => !report.Success)) ? 1 : 0;
    }

    // In this process: a project that is built anew for every benchmark needs a package source and minutes.
    private static IConfig Config() => ManualConfig.CreateEmpty()
        .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(Warmups).WithIterationCount(Iterations))
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddLogger(ConsoleLogger.Default)
        .AddExporter(MarkdownExporter.GitHub)
        .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "mmo-benchmarks"));
}
