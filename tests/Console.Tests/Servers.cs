using MmoOrleans.ConsoleClient.Commands;
using MmoOrleans.ConsoleClient.Output;
using MmoOrleans.Sdk;
using MmoOrleans.Sdk.Tests.Fakes;

namespace MmoOrleans.ConsoleClient.Tests;

public sealed class Servers : IDisposable
{
    private readonly string _list = Path.GetTempFileName();
    private readonly FakeGateway _gateway = new();
    private readonly StringWriter _output = new();

    public void Dispose() => File.Delete(_list);

    [Fact]
    public async Task Are_listed_from_the_file()
    {
        File.WriteAllText(_list, "Local silo, 127.0.0.1:7000\nbroken\nFar, example.org:7000, secure\n");
        var result = await Do("servers");
        Assert.Equal("ok servers count=2 skipped=1", Assert.IsType<CommandResult.Ok>(result).Line.ToString());
        Assert.Equal("item server title=\"Local silo\" address=tcp://127.0.0.1:7000 secure=false\nitem server title=Far address=tls://example.org:7000 secure=true\n", _output.ToString());
    }

    [Theory]
    [InlineData(null, "first")]
    [InlineData("Other one", "second")]
    [InlineData("other ONE", "second")]
    [InlineData("third:7000", "third")]
    public async Task Are_connected_by_title_or_address_or_as_the_first_of_the_list(string? name, string host)
    {
        File.WriteAllText(_list, "One, first:7000\nOther one, second:7000\n");
        Assert.IsType<CommandResult.Ok>(name is null ? await Do("connect") : await Do("connect", name));
        Assert.Equal(host, _gateway.Latest.Endpoint!.Host);
    }

    [Fact]
    public async Task Without_a_file_are_answered_with_its_path_and_what_to_do()
    {
        File.Delete(_list);
        var failed = Assert.IsType<CommandResult.Failed>(await Do("servers"));
        Assert.Equal("NO_SERVER_LIST", failed.Code);
        Assert.StartsWith($"{_list} cannot be read; give --server", failed.Sentence);
        Assert.Equal("NO_SERVER_LIST", Assert.IsType<CommandResult.Failed>(await Do("connect")).Code);
        Assert.IsType<CommandResult.Ok>(await Do("connect", "third:7000"));
    }

    [Fact]
    public async Task That_are_unknown_are_told()
    {
        File.WriteAllText(_list, "One, first:7000\n");
        Assert.Equal("NO_SERVER", Assert.IsType<CommandResult.Failed>(await Do("connect", "Atlantis")).Code);
    }

    private Task<CommandResult> Do(string name, params string[] words)
    {
        var client = new MmoClient(new MmoClientOptions { CreateTransport = _gateway.Create });
        var commands = new ServerCommands(client, new Transcript(_output, TimeProvider.System), given: null, _list);
        return commands.All.First(one => one.Name == name).Run(words, default).WaitAsync(TimeSpan.FromSeconds(20));
    }
}
