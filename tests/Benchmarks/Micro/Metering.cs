using System.Diagnostics.Metrics;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MmoOrleans.Gateway;

namespace MmoOrleans.Benchmarks.Micro;

/// <summary>What it costs to count what happens most: a message that comes and a write that leaves, exported as in a host and exported to nobody.</summary>
public class Metering
{
    private const int Bytes = 22;

    private ServiceProvider _services = null!;
    private GatewayMetrics _metrics = null!;

    [Params(false, true)]
    public bool IsExported { get; set; }

    [GlobalSetup]
    public async Task Start()
    {
        var services = new ServiceCollection().AddMetrics().AddLogging();
        if (IsExported) services.AddTelemetry();
        _services = services.BuildServiceProvider();
        foreach (var exporter in _services.GetServices<IHostedService>()) await exporter.StartAsync(CancellationToken.None);
        _metrics = new GatewayMetrics(_services.GetRequiredService<IMeterFactory>());
    }

    [GlobalCleanup]
    public void Stop() => _services.Dispose();

    [Benchmark]
    public void MessageReceived() => _metrics.Received(Bytes);

    [Benchmark]
    public void WriteSent() => _metrics.Sent(Bytes);
}
