using System.Runtime.CompilerServices;
using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Tests.Fakes;
using MyGame;

namespace MmoOrleans.Sdk.Tests;

/// <summary>The example in docs/sdk.md compiles as it stands there, and plays.</summary>
public class DocumentedExample
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void Is_quoted_from_a_source_that_compiles()
    {
        var source = File.ReadAllText(Repository("tests/Sdk.Tests/FirstSteps.cs"));
        var quoted = source[(source.IndexOf('\n') + 1)..];
        Assert.Contains($"```csharp\n{quoted}```", File.ReadAllText(Repository("docs/sdk.md")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Makes_a_character_for_a_new_account_walks_and_talks()
    {
        var gateway = new FakeGateway();
        using var bridge = new TcpBridge(gateway);
        gateway.Port = bridge.Port;
        gateway.Next(ClientMessage.CommandOneofCase.ListCharacters, _ => new ServerMessage { CharacterList = new CharacterList { MaxCharacters = 5 } });
        gateway.AcknowledgeMoves();
        await FirstSteps.Play("127.0.0.1", bridge.Port, "ada").WaitAsync(Patience);
        Assert.Equal(1, gateway.Count(ClientMessage.CommandOneofCase.CreateCharacter));
        Assert.Equal("hello", gateway.Last(ClientMessage.CommandOneofCase.Say).Say.Text);
    }

    private static string Repository(string path, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../..", path);
}
