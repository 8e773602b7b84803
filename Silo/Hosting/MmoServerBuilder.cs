using MmoOrleans.Gateway;
using MmoOrleans.Gateway.Configuration;
using MmoOrleans.Grains.Maps;
using MmoOrleans.Grains.Maps.Systems;

namespace MmoOrleans.Silo.Hosting;

/// <summary>Collects what a studio adds to the server, then runs it.</summary>
public sealed class MmoServerBuilder
{
    private readonly string[] _args;
    private readonly List<Action<IServiceCollection>> _additions = [];

    internal MmoServerBuilder(string[] args) => _args = args;

    /// <summary>Adds a system that every map runs, after those added before it. One instance per map.</summary>
    public MmoServerBuilder AddMapSystem<TSystem>()
        where TSystem : class, IMapSystem
    {
        _additions.Add(services => services.AddMapSystem<TSystem>());
        return this;
    }

    /// <summary>Adds services that the studio's systems need.</summary>
    public MmoServerBuilder AddServices(Action<IServiceCollection> add)
    {
        _additions.Add(add);
        return this;
    }

    /// <summary>Runs until it is told to stop. Returns the exit code, see <see cref="ExitCode"/>.</summary>
    public async Task<int> RunAsync()
    {
        switch (ServerInstance.Read(HostKind.Silo, _args))
        {
            case StartAnswer.ShowHelp help:
                return StartReport.Say(help.Text);
            case StartAnswer.ShowVersion version:
                return StartReport.Say(version.Version);
            case StartAnswer.Wrote wrote:
                return StartReport.Say($"wrote {wrote.Path}");
            case StartAnswer.Refused refused:
                return StartReport.Fail(ExitCode.Configuration, refused.Sentence);
            case StartAnswer.Ready ready:
                return await new SiloProcess(ready.Settings, ready.Warnings, _additions).RunAsync();
            case var other:
                throw new InvalidOperationException($"No way to go on from {other}.");
        }
    }
}
